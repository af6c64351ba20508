// A simulated camera: a bright bar that wanders over 32 columns, one text message a frame.
#include <courier_bus/courier_bus.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

namespace
{
constexpr int kColumns = 32;
volatile std::sig_atomic_t stop_requested = 0;

void request_stop(int) {stop_requested = 1;}

std::string frame(int number)
{
  std::string text = std::to_string(number);
  const int bright = (number * 3) % kColumns;
  for (int column = 0; column < kColumns; ++column) {
    const int noise = (number * 31 + column * 17) % 50;
    text += ' ' + std::to_string(column == bright ? 250 : 40 + noise);
  }
  return text;
}
}  // namespace

int main(int argc, char ** argv)
{
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const int rate = argc > 2 && std::string(argv[1]) == "--rate" ? std::atoi(argv[2]) : 10;

  const int bus = courier_bus_join();
  const int frames = bus < 0 ? bus : courier_bus_writer(bus, "camera/frames");
  if (frames < 0) {
    std::fprintf(stderr, "cannot join the bus: %d\n", frames);
    return 1;
  }
  std::printf("camera publishes %d frames a second on /camera/frames\n", rate);
  int sent = 0;
  while (!stop_requested) {
    if (courier_bus_send(frames, frame(sent).c_str()) == 0) {
      ++sent;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1000 / (rate > 0 ? rate : 1)));
  }
  std::printf("camera stopped after %d frames\n", sent);
  courier_bus_leave(bus);
  return 0;
}
