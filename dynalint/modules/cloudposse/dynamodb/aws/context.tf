# The labels that all modules of this family take: inputs, and the name and tags that are made of them.

module "this" {
  source  = "cloudposse/label/null"
  version = "0.24.1" # before 0.29.1
  version = "0.25.0" # since 0.29.1

  enabled             = var.enabled
  namespace           = var.namespace
  tenant              = var.tenant # since 0.29.1
  environment         = var.environment
  stage               = var.stage
  name                = var.name
  delimiter           = var.delimiter
  attributes          = var.attributes
  label_order         = var.label_order
  tags                = var.tags
  additional_tag_map  = var.additional_tag_map
  labels_as_tags      = var.labels_as_tags # since 0.29.1
  descriptor_formats  = var.descriptor_formats # since 0.29.1
  regex_replace_chars = var.regex_replace_chars
  id_length_limit     = var.id_length_limit
  label_key_case      = var.label_key_case
  label_value_case    = var.label_value_case
  context             = var.context
}

variable "context" {
  type = any
  default = {
    enabled             = true
    namespace           = null
    tenant              = null # since 0.29.1
    environment         = null
    stage               = null
    name                = null
    delimiter           = null
    attributes          = []
    label_order         = []
    tags                = {}
    additional_tag_map  = {}
    labels_as_tags      = ["unset"] # since 0.29.1
    descriptor_formats  = {} # since 0.29.1
    regex_replace_chars = null
    id_length_limit     = null
    label_key_case      = null
    label_value_case    = null
  }

  validation {
    condition     = try(var.context.label_key_case, null) == null ? true : contains(["lower", "title", "upper"], var.context.label_key_case)
    error_message = "context.label_key_case must be lower, title or upper."
  }

  validation {
    condition     = try(var.context.label_value_case, null) == null ? true : contains(["lower", "title", "upper", "none"], var.context.label_value_case)
    error_message = "context.label_value_case must be lower, title, upper or none."
  }
}

variable "enabled" {
  type    = bool
  default = null
}

variable "namespace" {
  type    = string
  default = null
}

variable "tenant" { # since 0.29.1
  type    = string
  default = null
}

variable "environment" {
  type    = string
  default = null
}

variable "stage" {
  type    = string
  default = null
}

variable "name" {
  type    = string
  default = null
}

variable "delimiter" {
  type    = string
  default = null
}

variable "attributes" {
  type    = list(string)
  default = []
}

variable "label_order" {
  type    = list(string)
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "additional_tag_map" {
  type    = map(string)
  default = {}
}

variable "labels_as_tags" { # since 0.29.1
  type    = set(string)
  default = ["default"]
}

variable "descriptor_formats" { # since 0.29.1
  type    = any
  default = {}
}

variable "regex_replace_chars" {
  type    = string
  default = null
}

variable "id_length_limit" {
  type    = number
  default = null

  validation {
    condition     = var.id_length_limit == null ? true : var.id_length_limit == 0 || var.id_length_limit >= 6
    error_message = "id_length_limit must be 0, for no limit, or 6 and more."
  }
}

variable "label_key_case" {
  type    = string
  default = null

  validation {
    condition     = var.label_key_case == null ? true : contains(["lower", "title", "upper"], var.label_key_case)
    error_message = "label_key_case must be lower, title or upper."
  }
}

variable "label_value_case" {
  type    = string
  default = null

  validation {
    condition     = var.label_value_case == null ? true : contains(["lower", "title", "upper", "none"], var.label_value_case)
    error_message = "label_value_case must be lower, title, upper or none."
  }
}
