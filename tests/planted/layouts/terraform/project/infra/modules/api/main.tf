resource "google_cloud_run_v2_service" "api" {
  name     = "toko-api-${var.environment}"
  location = "asia-southeast2"

  template {
    scaling {
      min_instance_count = var.replicas
    }
    containers {
      image = "asia-southeast2-docker.pkg.dev/toko/api:latest"
      env {
        name  = "XENDIT_SECRET_KEY"
        value = var.xendit_secret_key
      }
      env {
        name  = "XENDIT_WEBHOOK_URL"
        value = var.xendit_webhook_url
      }
      startup_probe {
        http_get {
          path = "/healthz"
        }
      }
    }
  }
}
