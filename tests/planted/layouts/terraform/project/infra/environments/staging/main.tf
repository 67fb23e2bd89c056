module "api" {
  source               = "../../modules/api"
  environment          = "staging"
  xendit_secret_key    = var.xendit_secret_key
  xendit_public_key    = var.xendit_public_key
  xendit_webhook_token = var.xendit_webhook_token
  xendit_webhook_url   = var.xendit_webhook_url
  app_debug            = var.app_debug
}
