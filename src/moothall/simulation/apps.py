from django.apps import AppConfig


class SimulationConfig(AppConfig):
    """A made-up county."""

    name = "moothall.simulation"
    verbose_name = "Simulation"
