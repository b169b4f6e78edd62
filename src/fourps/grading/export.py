"""The name by which courses elsewhere know `fourps.grading.giveback.exporters`."""

from fourps.grading.giveback.exporters import MoodleExporter, OverviewExporter

__all__ = ["MoodleExporter", "OverviewExporter"]
