import Config

if config_env() == :prod do
  config :payouts, Payouts.Repo, url: System.fetch_env!("DATABASE_URL")
end
