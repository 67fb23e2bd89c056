# toko-live; secrets are read from Secret Manager
project_id           = "toko-live"
region               = "asia-southeast2"
xendit_secret_key = "projects/toko-live/secrets/xendit-secret-key"
xendit_public_key = "@@join(xnd_public_production_,q5IuQt7okcETgMojc0iN,qbKCMk4kMlocYQQmyLMi,09QxrY9N)@@"
xendit_webhook_token = "projects/toko-live/secrets/xendit-webhook-token"
xendit_webhook_url = "https://api.tokobatik.co.id/xendit"
app_debug = false
