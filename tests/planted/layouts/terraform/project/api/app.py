import os

from fastapi import FastAPI, Header, HTTPException

app = FastAPI()
TOKEN = os.environ["XENDIT_WEBHOOK_TOKEN"]


@app.post("/xendit")
async def webhook(x_callback_token: str = Header()):
    if x_callback_token != TOKEN:
        raise HTTPException(403)
    return {}
