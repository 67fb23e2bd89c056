module "api" {
  source               = "../../modules/api"
  environment          = "prod"
  replicas             = 3
  xendit_secret_key    = data.google_secret_manager_secret_version.xendit.secret_data
  xendit_public_key    = var.xendit_public_key
  xendit_webhook_token = var.xendit_webhook_token
  xendit_webhook_url   = var.xendit_webhook_url
  app_debug            = var.app_debug
}

data "google_secret_manager_secret_version" "xendit" {
  secret = "xendit-secret-key"
}
