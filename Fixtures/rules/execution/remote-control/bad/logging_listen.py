import logging.config

thread = logging.config.listen(9999)
thread.start()
