terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
      version = ">= 2.0" # before 0.32.0
      version = ">= 4.22" # since 0.32.0, before 0.34.0
      version = ">= 4.59" # since 0.34.0
    }
  }
}
