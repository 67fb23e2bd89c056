require "active_support/core_ext/integer/time"

Rails.application.configure do
  config.enable_reloading = false
  config.eager_load = true
  config.consider_all_requests_local = false
  config.action_controller.perform_caching = true
  config.active_storage.service = :amazon
  config.force_ssl = true
  config.log_level = ENV.fetch("RAILS_LOG_LEVEL", "info")
  config.action_mailer.default_url_options = { host: "www.chamabora.app", protocol: "https" }
  config.i18n.fallbacks = true
  config.hosts << "www.chamabora.app"
end
