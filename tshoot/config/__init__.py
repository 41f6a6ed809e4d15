"""What a person has set: a TOML file, ``TSHOOT_…`` variables, options. docs/configuration.md"""
