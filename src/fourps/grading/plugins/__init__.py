"""What nbgrader loads: the steps, exporters and plugins that a configuration names."""
