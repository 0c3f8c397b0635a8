module example.org/demo

require example.org/dep v1.4.0
