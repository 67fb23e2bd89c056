#!/bin/sh
# Renders the unit's environment from what CI set.
set -eu
printf 'PERSONA_API_KEY=%s\n' "$PERSONA_API_KEY" | ssh deploy@"$HOST" 'cat > /etc/uko/env'
