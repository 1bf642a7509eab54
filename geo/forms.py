"""The shape of what is sent: nothing unknown passes, and a wrong choice is told the right ones."""

from typing import Any

from rest_framework import serializers

from geo.words import say

AnyField = serializers.Field[Any, Any, Any, Any]


class StrictSerializer(serializers.Serializer[Any]):  # Any: plain data, no instance
    """Refuses fields it does not know, by name."""

    def get_fields(self) -> dict[str, AnyField]:
        fields = super().get_fields()
        for field in fields.values():
            tell_choices(field)
        return fields

    def to_internal_value(self, data: Any) -> Any:  # Any: whatever was sent
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                names = ", ".join(self.fields)
                words = say(zh=f"不认识的字段；可用：{names}。", en=f"Unknown field; known: {names}.")
                raise serializers.ValidationError({name: [str(words)] for name in unknown})
        return super().to_internal_value(data)


def tell_choices(field: AnyField) -> None:
    """The library says that something is no valid choice; ours says which are."""
    if isinstance(field, serializers.ListField | serializers.DictField):
        tell_choices(field.child)
    if isinstance(field, serializers.ChoiceField):
        known = ", ".join(str(value) for value in field.choices if value not in {None, ""})
        words = say(zh=f"没有“{{input}}”；可用：{known}。", en=f"There is no {{input}}; known: {known}.")
        field.error_messages = {**field.error_messages, "invalid_choice": str(words)}
