import faulthandler
import os
import signal

faulthandler.enable()


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)  # @0.1 crash


crash()  # @0.2 <module>
