#!/usr/bin/env python3
"""Writes a tree of 30,000 files, 11,000 of them configuration, into the folder that is named.

A monorepo of 500 services: settings in eight formats, programs in four languages, and text. The
same tree every time. Usage: benches/tree.py FOLDER
"""

import json
import pathlib
import random
import sys

SERVICES = 500
ENVIRONMENTS = ["development", "staging", "production"]


def hexadecimal(dice, length):
    return "".join(dice.choice("0123456789abcdef") for _ in range(length))


def settings(dice, service, environment):
    host = "api" if environment == "production" else f"api-{environment}"
    pairs = {
        "PORT": str(dice.randrange(3000, 9000)),
        "DATABASE_URL": f"postgres://{service}@db.{environment}.internal:5432/{service}",
        "REDIS_HOST": f"redis.{environment}.internal",
        "PUBLIC_URL": f"https://{host}.lender.co.ke/{service}",
        "WEBHOOK_URL": f"https://{host}.lender.co.ke/{service}/hooks",
        "CRM_API_KEY": hexadecimal(dice, 32),
        "LOG_FORMAT": "json",
        "FEATURE_FLAGS": "a,b,c",
        "TIMEOUT_MS": str(dice.randrange(100, 9000)),
    }
    for number in range(dice.randrange(4, 24)):
        pairs[f"OPTION_{number}"] = hexadecimal(dice, dice.randrange(4, 40))
    return pairs


def yaml(pairs, depth=0):
    return "".join(f"{'  ' * depth}{name.lower().replace('_', '-')}: \"{value}\"\n" for name, value in pairs.items())


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def service(root, dice, number):
    name = f"service-{number:03}"
    folder = root / "services" / name
    for environment in ENVIRONMENTS:
        pairs = settings(dice, name, environment)
        dotenv = "".join(f"{key}={value}\n" for key, value in pairs.items())
        write(folder / f".env.{environment}", dotenv)
        write(folder / f"config/{environment}.yaml", "service:\n" + yaml(pairs, 1))
        write(folder / f"config/{environment}.json", json.dumps({"service": pairs}, indent=2))
        overlay = folder / f"k8s/overlays/{environment}"
        config = f"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\ndata:\n"
        write(overlay / "config.yaml", config + "".join(f"  {key}: \"{value}\"\n" for key, value in pairs.items()))
        write(overlay / "kustomization.yaml", "resources:\n  - ../../base\npatches:\n  - path: config.yaml\n")
    write(folder / "k8s/base/deployment.yaml", DEPLOYMENT.replace("NAME", name))
    write(folder / "k8s/base/service.yaml", SERVICE.replace("NAME", name))
    write(folder / "docker-compose.yml", COMPOSE.replace("NAME", name))
    write(folder / "src/main/resources/application.properties", "".join(
        f"{key.lower().replace('_', '.')}={value}\n" for key, value in settings(dice, name, "development").items()))
    write(folder / "pyproject.toml", f"[project]\nname = \"{name}\"\nversion = \"1.0.0\"\n")
    write(folder / "package.json", json.dumps({"name": name, "version": "1.0.0", "scripts": {"test": "jest"}}))
    write(folder / "tsconfig.json", json.dumps({"compilerOptions": {"strict": True}}))
    for module in range(34):
        language = ["ts", "py", "go", "java"][module % 4]
        write(folder / f"src/module_{module}.{language}", program(dice, name, module))
    for page in range(4):
        write(folder / f"docs/page-{page}.md", "# Page\n\n" + "Some words about the service.\n" * 40)


def program(dice, name, module):
    lines = [f"// module {module} of {name}"]
    for function in range(dice.randrange(8, 30)):
        lines.append(f"function handle{function}(request) {{")
        lines.append(f"  const label = \"{hexadecimal(dice, 12)}\";")
        lines.append(f"  return respond(request, label, {dice.randrange(1000)});")
        lines.append("}")
    return "\n".join(lines) + "\n"


DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
spec:
  template:
    spec:
      containers:
        - name: app
          image: registry.lender.co.ke/NAME:1.0.0
          env:
            - name: LOG_LEVEL
              value: info
            - name: CRM_API_KEY
              valueFrom: { secretKeyRef: { name: NAME, key: crm } }
"""
SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: NAME\nspec:\n  ports:\n    - port: 80\n"
COMPOSE = "services:\n  NAME:\n    image: NAME\n    environment:\n      LOG_LEVEL: ${LOG_LEVEL:-debug}\n"

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root, dice = pathlib.Path(sys.argv[1]), random.Random(7)
    for number in range(SERVICES):
        service(root, dice, number)
    files = [path for path in root.rglob("*") if path.is_file()]
    endings = {".yaml", ".yml", ".json", ".toml", ".properties"}
    config = [path for path in files if path.suffix in endings or path.name.startswith(".env")]
    print(f"{len(files)} files, {len(config)} of configuration")
