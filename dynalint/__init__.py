"""Static policy checks for DynamoDB in Terraform."""
