settings = Rails.application.config_for(:plaid)

configuration = Plaid::Configuration.new
configuration.server_index = Plaid::Configuration::Environment[settings.fetch(:env)]
configuration.api_key["PLAID-CLIENT-ID"] = settings.fetch(:client_id)
configuration.api_key["PLAID-SECRET"] = settings.fetch(:secret)

PLAID = Plaid::PlaidApi.new(Plaid::ApiClient.new(configuration))
