"""The account of a person. A model of our own from the first migration, so that it can grow."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class User(AbstractBaseUser):
    email = models.EmailField(unique=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "email"
