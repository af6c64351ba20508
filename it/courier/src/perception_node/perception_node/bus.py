"""The courier's message bus, reached through the C library of the package courier_bus."""

import ctypes


class Bus:
    """A member of the DDS domain that ROS_DOMAIN_ID names."""

    def __init__(self):
        self._library = ctypes.CDLL('libcourier_bus.so')
        self._library.courier_bus_send.argtypes = [ctypes.c_int32, ctypes.c_char_p]
        self._library.courier_bus_take.argtypes = [ctypes.c_int32, ctypes.c_char_p, ctypes.c_size_t]
        self._handle = self._checked(self._library.courier_bus_join())
        self._buffer = ctypes.create_string_buffer(4096)

    @staticmethod
    def _checked(code):
        if code < 0:
            raise OSError(f'DDS returned {code}')
        return code

    def writer(self, topic):
        return self._checked(self._library.courier_bus_writer(self._handle, topic.encode()))

    def reader(self, topic):
        return self._checked(self._library.courier_bus_reader(self._handle, topic.encode()))

    def send(self, writer, text):
        self._checked(self._library.courier_bus_send(writer, text.encode()))

    def take(self, reader):
        """Return the oldest message, or None when there is none."""
        if self._checked(self._library.courier_bus_take(reader, self._buffer, len(self._buffer))) == 0:
            return None
        return self._buffer.value.decode()

    def wait(self, reader, milliseconds):
        self._library.courier_bus_wait(reader, milliseconds)

    def leave(self):
        self._library.courier_bus_leave(self._handle)
