import threading


def work():
    raise ValueError("in a thread")  # @0.1 work


thread = threading.Thread(target=work)
thread.start()
thread.join()
