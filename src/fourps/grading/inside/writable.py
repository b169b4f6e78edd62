"""Where a submission may write: places that both sides of the seal must know."""

# a mount point that holds nothing else; its parts lie over the places of the same name
DISK = "/seal"
PARTS = {"home": "/home/learner", "tmp": "/tmp", "shm": "/dev/shm"}  # noqa: S108 - its own
