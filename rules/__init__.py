"""The built-in rules, in the order of their codes."""

from __future__ import annotations

from typing import Any

from dynalint.rule import Rule

from .alarms_missing import alarms_missing
from .argument_required import argument_required
from .argument_type_invalid import argument_type_invalid
from .argument_unsupported import argument_unsupported
from .argument_value_invalid import argument_value_invalid
from .arguments_conflict import arguments_conflict
from .attribute_duplicated import attribute_duplicated
from .attribute_name_invalid import attribute_name_invalid
from .attribute_type_conflict import attribute_type_conflict
from .attribute_type_invalid import attribute_type_invalid
from .attribute_type_unvalidated import attribute_type_unvalidated
from .attribute_unused import attribute_unused
from .autoscaling_index_missing import autoscaling_index_missing
from .autoscaling_invalid import autoscaling_invalid
from .autoscaling_missing import autoscaling_missing
from .autoscaling_on_demand import autoscaling_on_demand
from .autoscaling_partial import autoscaling_partial
from .autoscaling_resets_capacity import autoscaling_resets_capacity
from .autoscaling_resets_index_capacity import autoscaling_resets_index_capacity
from .backup_lifecycle_invalid import backup_lifecycle_invalid
from .backup_plan_missing import backup_plan_missing
from .billing_mode_change_planned import billing_mode_change_planned
from .billing_mode_implicit import billing_mode_implicit
from .billing_mode_invalid import billing_mode_invalid
from .block_count_invalid import block_count_invalid
from .block_removal_ignored import block_removal_ignored
from .capacity_above_quota import capacity_above_quota
from .capacity_missing import capacity_missing
from .capacity_on_demand_conflict import capacity_on_demand_conflict
from .contributor_insights_missing import contributor_insights_missing
from .create_before_destroy_same_name import create_before_destroy_same_name
from .customer_managed_key_missing import customer_managed_key_missing
from .dax_cluster_invalid import dax_cluster_invalid
from .dax_encryption_missing import dax_encryption_missing
from .dax_network_open import dax_network_open
from .dax_not_fault_tolerant import dax_not_fault_tolerant
from .dax_role_broad import dax_role_broad
from .dax_transport_unencrypted import dax_transport_unencrypted
from .deletion_protection_missing import deletion_protection_missing
from .destroy_planned import destroy_planned
from .encryption_key_ignored import encryption_key_ignored
from .encryption_key_invalid import encryption_key_invalid
from .export_without_recovery import export_without_recovery
from .global_table_legacy import global_table_legacy
from .gsi_capacity_ignored import gsi_capacity_ignored
from .gsi_capacity_missing import gsi_capacity_missing
from .gsi_count_exceeded import gsi_count_exceeded
from .gsi_key_schema_invalid import gsi_key_schema_invalid
from .gsi_legacy_keys import gsi_legacy_keys
from .gsi_mixed_management import gsi_mixed_management
from .gsi_projection_all import gsi_projection_all
from .gsi_rebuild_planned import gsi_rebuild_planned
from .gsi_removal_ignored import gsi_removal_ignored
from .gsi_resource_experimental import gsi_resource_experimental
from .gsi_unconditional import gsi_unconditional
from .gsi_write_capacity_low import gsi_write_capacity_low
from .hash_key_missing import hash_key_missing
from .iam_action_resource_mismatch import iam_action_resource_mismatch
from .iam_action_unknown import iam_action_unknown
from .iam_bulk_read import iam_bulk_read
from .iam_condition_ineffective import iam_condition_ineffective
from .iam_destructive_actions import iam_destructive_actions
from .iam_full_access import iam_full_access
from .iam_index_grant_missing import iam_index_grant_missing
from .iam_index_unknown import iam_index_unknown
from .iam_kms_grant_missing import iam_kms_grant_missing
from .iam_leading_keys_missing import iam_leading_keys_missing
from .iam_managed_policy_broad import iam_managed_policy_broad
from .iam_notaction_allow import iam_notaction_allow
from .iam_partiql_scan import iam_partiql_scan
from .iam_policy_malformed import iam_policy_malformed
from .iam_resource_wildcard import iam_resource_wildcard
from .iam_scan_broad import iam_scan_broad
from .iam_stream_grant_misplaced import iam_stream_grant_misplaced
from .ignore_changes_hides_edits import ignore_changes_hides_edits
from .import_unsupported import import_unsupported
from .index_key_attribute_undefined import index_key_attribute_undefined
from .index_name_duplicated import index_name_duplicated
from .index_name_invalid import index_name_invalid
from .index_redundant import index_redundant
from .index_reference_unknown import index_reference_unknown
from .key_attribute_repeated import key_attribute_repeated
from .key_attribute_undefined import key_attribute_undefined
from .key_type_change_ignored import key_type_change_ignored
from .kinesis_destination_invalid import kinesis_destination_invalid
from .kms_key_missing import kms_key_missing
from .lifecycle_invalid import lifecycle_invalid
from .low_cardinality_key import low_cardinality_key
from .lsi_change_ignored import lsi_change_ignored
from .lsi_count_exceeded import lsi_count_exceeded
from .lsi_discouraged import lsi_discouraged
from .lsi_without_range_key import lsi_without_range_key
from .on_demand_ceiling_missing import on_demand_ceiling_missing
from .on_demand_throughput_invalid import on_demand_throughput_invalid
from .point_in_time_recovery_disabled import point_in_time_recovery_disabled
from .point_in_time_recovery_missing import point_in_time_recovery_missing
from .point_in_time_recovery_period_invalid import point_in_time_recovery_period_invalid
from .point_in_time_recovery_window_short import point_in_time_recovery_window_short
from .prevent_destroy_missing import prevent_destroy_missing
from .projected_attributes_exceeded import projected_attributes_exceeded
from .projection_attributes_conflict import projection_attributes_conflict
from .projection_include_empty import projection_include_empty
from .projection_repeats_key import projection_repeats_key
from .projection_type_invalid import projection_type_invalid
from .protection_removed import protection_removed
from .provider_bug_known import provider_bug_known
from .provider_feature_unavailable import provider_feature_unavailable
from .replacement_planned import replacement_planned
from .replica_deletion_protection_missing import replica_deletion_protection_missing
from .replica_encryption_key_missing import replica_encryption_key_missing
from .replica_mixed_management import replica_mixed_management
from .replica_recovery_missing import replica_recovery_missing
from .replica_region_invalid import replica_region_invalid
from .replica_removed_planned import replica_removed_planned
from .replica_stream_required import replica_stream_required
from .replica_tags_missing import replica_tags_missing
from .replica_write_scaling_missing import replica_write_scaling_missing
from .required_tags_missing import required_tags_missing
from .resource_policy_cross_account import resource_policy_cross_account
from .resource_policy_invalid import resource_policy_invalid
from .resource_policy_public import resource_policy_public
from .resource_policy_resource_mismatch import resource_policy_resource_mismatch
from .resource_region_conflict import resource_region_conflict
from .restore_arguments_invalid import restore_arguments_invalid
from .restore_drops_settings import restore_drops_settings
from .secret_in_table_item import secret_in_table_item
from .state_lock_table import state_lock_table
from .stream_consumer_fragile import stream_consumer_fragile
from .stream_consumer_invalid import stream_consumer_invalid
from .stream_readers_too_many import stream_readers_too_many
from .stream_recreated_planned import stream_recreated_planned
from .stream_unused import stream_unused
from .stream_view_type_invalid import stream_view_type_invalid
from .stream_view_type_missing import stream_view_type_missing
from .stream_view_type_orphan import stream_view_type_orphan
from .strong_consistency_topology_invalid import strong_consistency_topology_invalid
from .table_item_duplicated import table_item_duplicated
from .table_item_key_mismatch import table_item_key_mismatch
from .table_item_malformed import table_item_malformed
from .table_name_duplicated import table_name_duplicated
from .table_name_invalid import table_name_invalid
from .tags_invalid import tags_invalid
from .tags_missing import tags_missing
from .ttl_attribute_missing import ttl_attribute_missing
from .ttl_change_planned import ttl_change_planned
from .ttl_not_enabled import ttl_not_enabled
from .ttl_off_without_name import ttl_off_without_name
from .ttl_on_key_attribute import ttl_on_key_attribute
from .value_known_too_late import value_known_too_late
from .vpc_endpoint_not_routed import vpc_endpoint_not_routed
from .vpc_endpoint_policy_open import vpc_endpoint_policy_open
from .warm_throughput_invalid import warm_throughput_invalid

RULES: tuple[Rule[Any], ...] = (
    key_attribute_undefined,
    hash_key_missing,
    attribute_type_invalid,
    index_key_attribute_undefined,
    attribute_unused,
    attribute_duplicated,
    key_attribute_repeated,
    attribute_type_conflict,
    attribute_type_unvalidated,
    attribute_name_invalid,
    lsi_without_range_key,
    projection_include_empty,
    projection_attributes_conflict,
    projection_type_invalid,
    index_name_duplicated,
    index_name_invalid,
    lsi_count_exceeded,
    gsi_count_exceeded,
    projected_attributes_exceeded,
    projection_repeats_key,
    gsi_key_schema_invalid,
    gsi_mixed_management,
    gsi_legacy_keys,
    gsi_resource_experimental,
    index_reference_unknown,
    argument_unsupported,
    argument_required,
    argument_type_invalid,
    arguments_conflict,
    block_count_invalid,
    argument_value_invalid,
    provider_feature_unavailable,
    lifecycle_invalid,
    value_known_too_late,
    provider_bug_known,
    table_item_malformed,
    table_item_key_mismatch,
    table_item_duplicated,
    import_unsupported,
    point_in_time_recovery_missing,
    point_in_time_recovery_disabled,
    point_in_time_recovery_period_invalid,
    point_in_time_recovery_window_short,
    deletion_protection_missing,
    prevent_destroy_missing,
    replica_stream_required,
    replica_region_invalid,
    replica_encryption_key_missing,
    replica_recovery_missing,
    replica_write_scaling_missing,
    replica_deletion_protection_missing,
    replica_mixed_management,
    replica_tags_missing,
    strong_consistency_topology_invalid,
    global_table_legacy,
    restore_arguments_invalid,
    restore_drops_settings,
    export_without_recovery,
    backup_lifecycle_invalid,
    backup_plan_missing,
    resource_policy_public,
    resource_policy_resource_mismatch,
    resource_policy_invalid,
    resource_policy_cross_account,
    encryption_key_ignored,
    encryption_key_invalid,
    customer_managed_key_missing,
    kms_key_missing,
    dax_encryption_missing,
    dax_transport_unencrypted,
    dax_not_fault_tolerant,
    dax_cluster_invalid,
    dax_network_open,
    dax_role_broad,
    vpc_endpoint_not_routed,
    vpc_endpoint_policy_open,
    secret_in_table_item,
    iam_scan_broad,
    iam_index_grant_missing,
    iam_full_access,
    iam_resource_wildcard,
    iam_action_unknown,
    iam_stream_grant_misplaced,
    iam_policy_malformed,
    iam_index_unknown,
    iam_action_resource_mismatch,
    iam_managed_policy_broad,
    iam_destructive_actions,
    iam_bulk_read,
    iam_notaction_allow,
    iam_condition_ineffective,
    iam_partiql_scan,
    iam_leading_keys_missing,
    iam_kms_grant_missing,
    gsi_unconditional,
    gsi_capacity_missing,
    capacity_missing,
    capacity_on_demand_conflict,
    billing_mode_invalid,
    on_demand_throughput_invalid,
    warm_throughput_invalid,
    gsi_capacity_ignored,
    gsi_write_capacity_low,
    index_redundant,
    gsi_projection_all,
    low_cardinality_key,
    lsi_discouraged,
    on_demand_ceiling_missing,
    billing_mode_implicit,
    capacity_above_quota,
    tags_missing,
    required_tags_missing,
    tags_invalid,
    table_name_invalid,
    table_name_duplicated,
    create_before_destroy_same_name,
    stream_view_type_missing,
    stream_view_type_orphan,
    stream_view_type_invalid,
    stream_consumer_invalid,
    stream_consumer_fragile,
    stream_unused,
    stream_readers_too_many,
    kinesis_destination_invalid,
    ttl_not_enabled,
    ttl_attribute_missing,
    ttl_on_key_attribute,
    ttl_off_without_name,
    autoscaling_resets_capacity,
    autoscaling_resets_index_capacity,
    autoscaling_invalid,
    autoscaling_partial,
    autoscaling_index_missing,
    autoscaling_missing,
    autoscaling_on_demand,
    state_lock_table,
    ignore_changes_hides_edits,
    contributor_insights_missing,
    alarms_missing,
    resource_region_conflict,
    replacement_planned,
    destroy_planned,
    key_type_change_ignored,
    lsi_change_ignored,
    gsi_rebuild_planned,
    protection_removed,
    block_removal_ignored,
    replica_removed_planned,
    stream_recreated_planned,
    billing_mode_change_planned,
    ttl_change_planned,
    gsi_removal_ignored,
)
