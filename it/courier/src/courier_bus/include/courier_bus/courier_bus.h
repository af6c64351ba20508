#ifndef COURIER_BUS__COURIER_BUS_H_
#define COURIER_BUS__COURIER_BUS_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Joins the DDS domain of ROS_DOMAIN_ID. Returns a handle, or a negative DDS return code.
int32_t courier_bus_join(void);

/// Makes a reliable writer of std_msgs/String on a ROS topic, for example "camera/frames".
int32_t courier_bus_writer(int32_t bus, const char * topic);

/// Makes a reliable reader that keeps the last 64 messages.
int32_t courier_bus_reader(int32_t bus, const char * topic);

/// Sends one text. Returns 0, or a negative DDS return code.
int32_t courier_bus_send(int32_t writer, const char * text);

/// Takes the oldest message: 1 and the text, 0 when there is none, negative on error. A longer text is cut.
int32_t courier_bus_take(int32_t reader, char * text, size_t size);

/// Waits until a message may be there or the time is over.
void courier_bus_wait(int32_t reader, int32_t milliseconds);

/// Leaves the domain; all writers and readers of the bus end.
void courier_bus_leave(int32_t bus);

#ifdef __cplusplus
}
#endif

#endif  // COURIER_BUS__COURIER_BUS_H_
