terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
      version = ">= 2.58" # before 1.1.0
      version = ">= 3.37" # since 1.1.0, before 1.3.0
      version = ">= 3.69" # since 1.3.0, before 3.0.0
      version = ">= 4.23" # since 3.0.0, before 3.2.0
      version = ">= 4.59" # since 3.2.0, before 4.0.0
      version = ">= 5.21" # since 4.0.0, before 4.1.0
      version = ">= 5.64" # since 4.1.0, before 4.2.0
      version = ">= 5.72.1" # since 4.2.0, before 4.4.0
      version = ">= 5.98" # since 4.4.0, before 5.0.0
      version = ">= 6.3" # since 5.0.0, before 5.1.0
      version = ">= 6.9" # since 5.1.0, before 5.2.0
      version = ">= 6.13" # since 5.2.0, before 5.3.0
      version = ">= 6.22" # since 5.3.0, before 5.5.0
      version = ">= 6.28" # since 5.5.0
    }
  }
}
