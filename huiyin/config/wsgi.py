"""The application that gunicorn, or any WSGI server, serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from huiyin.config.warm import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
application = get_wsgi_application()
# Load every page now: a fault shows at the start, and the web processes share the memory.
assert get_resolver().reverse_dict is not None
warm()
