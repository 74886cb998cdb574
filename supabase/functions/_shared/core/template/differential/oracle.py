"""Renders templates with Python's own Jinja2: a JSON object per line in, one per line out."""

import json
import sys

from jinja2.sandbox import SandboxedEnvironment


def render(request):
    options = request.get("options", {})
    try:
        environment = SandboxedEnvironment(
            extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"], **options
        )
        template = environment.from_string(request["template"])
        return {"output": template.render(**request["variables"])}
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)[:200]}


for line in sys.stdin:
    print(json.dumps(render(json.loads(line))), flush=True)
