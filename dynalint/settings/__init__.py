"""Settings: what a repository writes down about how it wants to be checked."""

from dynalint.settings.discovery import Layers, layers_for
from dynalint.settings.keys import Environment, Settings
from dynalint.settings.ruleset import Ruleset, everywhere, ruleset_of

__all__ = ["Environment", "Layers", "Ruleset", "Settings", "everywhere", "layers_for", "ruleset_of"]
