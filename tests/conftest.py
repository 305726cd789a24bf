"""What holds for all tests."""

from hypothesis import settings

settings.register_profile("without a clock", deadline=None)  # a slow machine breaks no law
settings.load_profile("without a clock")
