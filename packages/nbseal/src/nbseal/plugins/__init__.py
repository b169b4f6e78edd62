"""The steps, exporters and plugins that nbgrader loads, since a configuration names them."""
