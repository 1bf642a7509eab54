"""Inviting firms: targets and first contact, call lists, supply and demand, invitations (METHODS 4)."""

from django.apps import AppConfig


class PromotionConfig(AppConfig):
    name = "promotion"
