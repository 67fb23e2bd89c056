require_relative "production"

Rails.application.configure do
  config.log_level = :debug
  config.action_mailer.default_url_options = { host: "staging.chamabora.app", protocol: "https" }
  config.hosts << "staging.chamabora.app"
end
