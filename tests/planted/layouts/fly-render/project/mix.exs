defmodule Payouts.MixProject do
  use Mix.Project

  def project, do: [app: :payouts, version: "0.7.0", elixir: "~> 1.16", deps: deps()]

  defp deps, do: [{:req, "~> 0.5"}, {:ecto_sql, "~> 3.11"}, {:postgrex, ">= 0.0.0"}]
end
