"""What one submission may use of the process that runs released cells."""

# of a processor; the process ends itself
CPU_SECONDS = 10
# of the clock; whoever started it ends it
SECONDS = 60
# bytes of addresses, where a system limits them: libraries take a good part
MEMORY = 4 << 30
# the status with which it ends itself
TOO_LONG = 70
