"""The parts of a Runtime, each built on first use and kept: common ground, then chat, evidence and desk."""
