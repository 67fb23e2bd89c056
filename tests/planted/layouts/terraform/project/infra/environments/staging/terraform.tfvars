# toko-staging
project_id           = "toko-staging"
region               = "asia-southeast2"
xendit_secret_key = "@@join(xnd_development_,ohjjOHCFxLYQU6OojDt0,51eYu08GsItmWq9ZERuC,v4IAhMMa)@@"
xendit_public_key = "@@join(xnd_public_development_,in4iiLw1EizhWQ7GoPP1,lDYuSwOZ0QW5tx6ihWLL,LGhmMnA3)@@"
xendit_webhook_token = "@@join(VpRsGNHvNTjlac3zrPOh,Wwul7s2oJQue8Jxc8hbx)@@"
xendit_webhook_url = "https://api.staging.tokobatik.co.id/xendit"
app_debug = true
