// Prints who else is there, until its input ends. Named by its first argument.
#include <fastdds/dds/domain/DomainParticipant.hpp>
#include <fastdds/dds/domain/DomainParticipantFactory.hpp>
#include <fastdds/dds/domain/DomainParticipantListener.hpp>
#include <iostream>
#include <string>

using eprosima::fastdds::dds::DomainParticipant;
using eprosima::fastdds::dds::DomainParticipantFactory;
using eprosima::fastdds::dds::DomainParticipantListener;
using eprosima::fastdds::dds::DomainParticipantQos;
using eprosima::fastdds::dds::StatusMask;
using eprosima::fastrtps::rtps::ParticipantDiscoveryInfo;

class Listener : public DomainParticipantListener {
  void on_participant_discovery(DomainParticipant *, ParticipantDiscoveryInfo && other) override {
    if (other.status == ParticipantDiscoveryInfo::DISCOVERED_PARTICIPANT) {
      std::cout << "sees " << other.info.m_participantName << std::endl;
    }
  }
};

int main(int, char ** arguments) {
  auto factory = DomainParticipantFactory::get_instance();
  factory->load_profiles();
  DomainParticipantQos qos;
  factory->get_default_participant_qos(qos);
  qos.name(arguments[1]);
  Listener listener;
  auto participant = factory->create_participant(42, qos, &listener, StatusMask::none());
  std::cout << (participant ? "up" : "failed") << std::endl;
  std::string line;
  std::getline(std::cin, line);
  factory->delete_participant(participant);
}
