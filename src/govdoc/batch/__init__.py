"""Whole folders: plan, run each document by itself, record what came of it."""
