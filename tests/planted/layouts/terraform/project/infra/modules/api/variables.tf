variable "environment" {
  type        = string
  description = "staging or prod"
}

variable "xendit_secret_key" {
  type      = string
  sensitive = true
}

variable "xendit_public_key" {
  type = string
}

variable "xendit_webhook_token" {
  type      = string
  sensitive = true
}

variable "xendit_webhook_url" {
  type = string
}

variable "app_debug" {
  type    = bool
  default = false
}

variable "replicas" {
  type    = number
  default = 1
}
