"""Pledges for the demo: three cities of thousands of people, their rounds half done."""

from pledges.demo.load import NotTheDemo, load_pledge_demo

__all__ = ["NotTheDemo", "load_pledge_demo"]
