"""The platform that complaints and pledges stand on."""
