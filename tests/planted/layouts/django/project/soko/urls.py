from django.urls import include, path

urlpatterns = [path("pay/", include("payments.urls"))]
