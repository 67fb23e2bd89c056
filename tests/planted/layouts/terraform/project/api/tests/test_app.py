import os

os.environ["XENDIT_WEBHOOK_TOKEN"] = "token"
os.environ["XENDIT_SECRET_KEY"] = "xnd_development_test"
