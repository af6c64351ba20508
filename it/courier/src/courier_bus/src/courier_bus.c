#include "courier_bus/courier_bus.h"

#include <dds/dds.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "String.h"

static int32_t topic_of(int32_t bus, const char * name)
{
  char full[256];
  // ROS 2 puts "rt/" before the names of topics on the wire.
  snprintf(full, sizeof full, "rt/%s", name);
  return dds_create_topic(bus, &std_msgs_msg_dds__String__desc, full, NULL, NULL);
}

static dds_qos_t * reliable(int depth)
{
  dds_qos_t * qos = dds_create_qos();
  dds_qset_reliability(qos, DDS_RELIABILITY_RELIABLE, DDS_MSECS(100));
  dds_qset_history(qos, DDS_HISTORY_KEEP_LAST, depth);
  return qos;
}

int32_t courier_bus_join(void)
{
  const char * domain = getenv("ROS_DOMAIN_ID");
  return dds_create_participant(domain ? (dds_domainid_t)atoi(domain) : 0, NULL, NULL);
}

int32_t courier_bus_writer(int32_t bus, const char * name)
{
  int32_t topic = topic_of(bus, name);
  if (topic < 0) {
    return topic;
  }
  dds_qos_t * qos = reliable(10);
  int32_t writer = dds_create_writer(bus, topic, qos, NULL);
  dds_delete_qos(qos);
  return writer;
}

int32_t courier_bus_reader(int32_t bus, const char * name)
{
  int32_t topic = topic_of(bus, name);
  if (topic < 0) {
    return topic;
  }
  dds_qos_t * qos = reliable(64);
  int32_t reader = dds_create_reader(bus, topic, qos, NULL);
  dds_delete_qos(qos);
  if (reader >= 0) {
    dds_set_status_mask(reader, DDS_DATA_AVAILABLE_STATUS);
  }
  return reader;
}

int32_t courier_bus_send(int32_t writer, const char * text)
{
  std_msgs_msg_dds__String_ message = {(char *)text};
  return dds_write(writer, &message);
}

int32_t courier_bus_take(int32_t reader, char * text, size_t size)
{
  void * sample[1] = {NULL};
  dds_sample_info_t info[1];
  int32_t count = dds_take(reader, sample, info, 1, 1);
  if (count <= 0) {
    return count;
  }
  int32_t valid = info[0].valid_data ? 1 : 0;
  if (valid) {
    snprintf(text, size, "%s", ((std_msgs_msg_dds__String_ *)sample[0])->data);
  }
  dds_return_loan(reader, sample, count);
  return valid;
}

void courier_bus_wait(int32_t reader, int32_t milliseconds)
{
  dds_entity_t set = dds_create_waitset(dds_get_participant(reader));
  if (set < 0) {
    dds_sleepfor(DDS_MSECS(milliseconds));
    return;
  }
  dds_waitset_attach(set, reader, reader);
  dds_waitset_wait(set, NULL, 0, DDS_MSECS(milliseconds));
  dds_delete(set);
}

void courier_bus_leave(int32_t bus)
{
  dds_delete(bus);
}
