# How the id and the tags come about: each label from its own input or else from the context, cleaned and put into one
# letter case, then joined in the order asked for.

locals {
  input = {
    enabled             = var.enabled == null ? var.context.enabled : var.enabled
    namespace           = var.namespace == null ? var.context.namespace : var.namespace
    tenant              = var.tenant == null ? lookup(var.context, "tenant", null) : var.tenant # since 0.25.0
    environment         = var.environment == null ? var.context.environment : var.environment
    stage               = var.stage == null ? var.context.stage : var.stage
    name                = var.name == null ? var.context.name : var.name
    delimiter           = var.delimiter == null ? var.context.delimiter : var.delimiter
    attributes          = compact(distinct(concat(coalesce(var.context.attributes, []), coalesce(var.attributes, []))))
    tags                = merge(var.context.tags, var.tags)
    additional_tag_map  = merge(var.context.additional_tag_map, var.additional_tag_map)
    label_order         = var.label_order == null ? var.context.label_order : var.label_order
    regex_replace_chars = var.regex_replace_chars == null ? var.context.regex_replace_chars : var.regex_replace_chars
    id_length_limit     = var.id_length_limit == null ? var.context.id_length_limit : var.id_length_limit
    label_key_case      = var.label_key_case == null ? lookup(var.context, "label_key_case", null) : var.label_key_case
    label_value_case    = var.label_value_case == null ? lookup(var.context, "label_value_case", null) : var.label_value_case
    descriptor_formats  = merge(lookup(var.context, "descriptor_formats", {}), var.descriptor_formats) # since 0.25.0
    labels_as_tags      = try(contains(var.context.labels_as_tags, "unset"), true) ? var.labels_as_tags : var.context.labels_as_tags # since 0.25.0
  }

  enabled          = local.input.enabled
  delimiter        = local.input.delimiter == null ? "-" : local.input.delimiter
  unwanted         = coalesce(local.input.regex_replace_chars, "/[^-a-zA-Z0-9]/")
  id_length_limit  = local.input.id_length_limit == null ? 0 : local.input.id_length_limit
  label_key_case   = local.input.label_key_case == null ? "title" : local.input.label_key_case
  label_value_case = local.input.label_value_case == null ? "lower" : local.input.label_value_case
  usual_order      = ["namespace", "environment", "stage", "name", "attributes"]
  label_order      = local.input.label_order == null ? local.usual_order : coalescelist(local.input.label_order, local.usual_order)

  label_names = ["name", "namespace", "environment", "stage"] # before 0.25.0
  label_names = ["name", "namespace", "environment", "stage", "tenant"] # since 0.25.0

  clean_labels     = { for label in local.label_names : label => local.input[label] == null ? "" : replace(local.input[label], local.unwanted, "") }
  clean_attributes = compact(distinct([for text in local.input.attributes : replace(text, local.unwanted, "")]))

  cased_labels = {
    for label, text in local.clean_labels : label => (
      local.label_value_case == "none" ? text :
      local.label_value_case == "upper" ? upper(text) :
      local.label_value_case == "title" ? title(lower(text)) : lower(text)
    )
  }
  attributes = compact(distinct([
    for text in local.clean_attributes : (
      local.label_value_case == "none" ? text :
      local.label_value_case == "upper" ? upper(text) :
      local.label_value_case == "title" ? title(lower(text)) : lower(text)
    )
  ]))

  labels  = merge(local.cased_labels, { attributes = join(local.delimiter, local.attributes) })
  id_full = join(local.delimiter, [for label in local.label_order : local.labels[label] if length(local.labels[label]) > 0])

  # What does not fit is cut, and five characters of a digest keep it apart from others that are cut alike.
  room     = local.id_length_limit - 5 - length(local.delimiter)
  kept     = local.room <= 0 ? "" : "${trimsuffix(substr(local.id_full, 0, local.room), local.delimiter)}${local.delimiter}"
  digest   = "${md5(local.id_full)}qrstuvwxyz"
  cased    = local.label_value_case == "title" ? title(local.digest) : local.label_value_case == "upper" ? upper(local.digest) : local.label_value_case == "lower" ? lower(local.digest) : local.digest
  id_short = substr("${local.kept}${replace(local.cased, local.unwanted, "")}", 0, local.id_length_limit)
  id       = local.id_length_limit != 0 && length(local.id_full) > local.id_length_limit ? local.id_short : local.id_full

  taggable  = merge(local.labels, { name = local.id })
  as_tags   = keys(local.taggable) # before 0.25.0
  as_tags   = contains(local.input.labels_as_tags, "default") ? keys(local.taggable) : setintersection(keys(local.taggable), local.input.labels_as_tags) # since 0.25.0
  generated = {
    for label in local.as_tags : (
      local.label_key_case == "upper" ? upper(label) : local.label_key_case == "lower" ? lower(label) : title(lower(label))
    ) => local.taggable[label] if length(local.taggable[label]) > 0
  }
  tags = merge(local.generated, local.input.tags)
}

output "enabled" {
  value = local.enabled
}

output "id" {
  value = local.enabled ? local.id : ""
}

output "id_full" {
  value = local.enabled ? local.id_full : ""
}

output "namespace" {
  value = local.enabled ? local.labels.namespace : ""
}

output "tenant" { # since 0.25.0
  value = local.enabled ? local.labels.tenant : ""
}

output "environment" {
  value = local.enabled ? local.labels.environment : ""
}

output "stage" {
  value = local.enabled ? local.labels.stage : ""
}

output "name" {
  value = local.enabled ? local.labels.name : ""
}

output "delimiter" {
  value = local.enabled ? local.delimiter : ""
}

output "attributes" {
  value = local.enabled ? local.attributes : []
}

output "tags" {
  value = local.enabled ? local.tags : {}
}

output "tags_as_list_of_maps" {
  value = [for key, text in local.tags : merge({ key = key, value = text }, local.input.additional_tag_map)]
}

output "additional_tag_map" {
  value = local.input.additional_tag_map
}

output "label_order" {
  value = local.label_order
}

output "regex_replace_chars" {
  value = local.unwanted
}

output "id_length_limit" {
  value = local.id_length_limit
}

output "descriptors" { # since 0.25.0
  value = {
    for key, wanted in local.input.descriptor_formats :
    key => format(wanted.format, [for label in wanted.labels : local.labels[label]]...)
  }
}

output "context" {
  value = local.input
}

output "normalized_context" {
  value = merge(local.input, local.cased_labels, {
    delimiter           = local.delimiter
    attributes          = local.attributes
    tags                = local.tags
    label_order         = local.label_order
    regex_replace_chars = local.unwanted
    id_length_limit     = local.id_length_limit
    label_key_case      = local.label_key_case
    label_value_case    = local.label_value_case
    labels_as_tags      = contains(local.input.labels_as_tags, "default") ? toset(keys(local.taggable)) : local.input.labels_as_tags # since 0.25.0
  })
}
