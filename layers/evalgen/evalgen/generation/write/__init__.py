"""Write: a test in the words of its language, by the field's authoring rules."""
