// Takes detections, prints the steering that follows from them, and appends them to a file in the robot's volume.
#include <courier_bus/courier_bus.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

namespace
{
volatile std::sig_atomic_t stop_requested = 0;

void request_stop(int) {stop_requested = 1;}
}  // namespace

int main(int argc, char ** argv)
{
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::string path = argc > 2 && std::string(argv[1]) == "--log" ? argv[2] : "detections.csv";

  const int bus = courier_bus_join();
  const int detections = bus < 0 ? bus : courier_bus_reader(bus, "detections");
  if (detections < 0) {
    std::fprintf(stderr, "cannot join the bus: %d\n", detections);
    return 1;
  }
  std::ofstream log(path, std::ios::app);
  if (!log) {
    std::fprintf(stderr, "cannot write %s\n", path.c_str());
    return 1;
  }
  int received = 0;
  char text[256];
  while (!stop_requested) {
    const int taken = courier_bus_take(detections, text, sizeof text);
    if (taken < 0) {
      std::fprintf(stderr, "cannot read detections: %d\n", taken);
      return 1;
    }
    if (taken == 0) {
      courier_bus_wait(detections, 100);
      continue;
    }
    std::istringstream fields(text);
    int frame = 0;
    double bearing = 0;
    if (fields >> frame >> bearing) {
      log << frame << ',' << bearing << std::endl;
      if (received % 10 == 0) {
        std::printf("frame %d: steer %+.2f\n", frame, bearing);
      }
      ++received;
    }
  }
  std::printf("control stopped after %d detections\n", received);
  courier_bus_leave(bus);
  return 0;
}
